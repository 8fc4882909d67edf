/**
 * What a lock that is acquired again while it is held does to a running service: one request renames an account inside
 * the lock by a method that takes the lock itself, then a hundred others come. The argument is the form, `lossy` or
 * `repaired`. Prints the figures as JSON.
 */
import { setTimeout as after } from 'node:timers/promises';

import { Mutex } from 'async-mutex';

const patience = 300;
const requests = 100;

class Account {
  #mutex = new Mutex();
  name = '';

  /** Takes the lock, and waits in it for a method that takes it too. */
  async lossy(name) {
    await this.#mutex.runExclusive(async () => {
      // eslint-disable-next-line thread-hygiene/no-nested-acquire -- the defect that this program measures
      await this.rename(name);
    });
  }

  async repaired(name) {
    await this.#mutex.runExclusive(() => this.#store(name));
  }

  async rename(name) {
    await this.#mutex.runExclusive(() => this.#store(name));
  }

  #store(name) {
    this.name = name;
  }
}

const account = new Account();
let finished = 0;
const count = () => finished++;

void account[process.argv[2]]('first').then(count);
for (let index = 0; index < requests; index++) void account.rename(`name ${index}`).then(count);
await after(patience);

process.stdout.write(JSON.stringify({ finished, waiting: requests + 1 - finished, milliseconds: patience }));
process.exit();
