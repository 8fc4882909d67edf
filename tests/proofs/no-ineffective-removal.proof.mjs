/**
 * What a removal that cannot match does to a player that retries. Each retry takes its listener off and adds it again; at
 * the end one event comes. Run with `--expose-gc`; the argument is the form, `lossy` or `repaired`. Prints the figures
 * as JSON.
 */
import { EventEmitter } from 'node:events';

const retryCount = 1_000;

class Player {
  loader = new EventEmitter().setMaxListeners(0);
  loads = 0;
  onLoadBound = this.onLoad.bind(this);

  /** Each `bind` makes a function of its own, so that nothing is taken off. */
  lossy() {
    // eslint-disable-next-line thread-hygiene/no-ineffective-removal -- the defect that this program measures
    this.loader.off('loaded', this.onLoad.bind(this));
    this.loader.on('loaded', this.onLoad.bind(this));
  }

  repaired() {
    this.loader.off('loaded', this.onLoadBound);
    this.loader.on('loaded', this.onLoadBound);
  }

  onLoad() {
    this.loads += 1;
  }
}

const form = process.argv[2];
const player = new Player();
const before = heapInUse();
for (let retry = 0; retry < retryCount; retry++) player[form]();
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);
const listeners = player.loader.listenerCount('loaded');
player.loader.emit('loaded');

process.stdout.write(JSON.stringify({ listeners, loadsPerEvent: player.loads, kilobytesHeld }));

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
