import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import os from 'node:os';

import { DataSource } from 'typeorm';

import { ImageCatalog } from './image-catalog.js';
import { OriginalStore } from './original-store.js';
import { ProgressHub } from './progress-hub.js';
import { streamProgress } from './progress-stream.js';
import { ThumbnailCache } from './thumbnail-cache.js';
import { ThumbnailPool } from './thumbnail-pool.js';
import { ThumbnailService } from './thumbnail-service.js';

const database = new DataSource({ type: 'postgres', url: process.env['DATABASE_URL'] ?? '', poolSize: 10 });
await database.initialize();

const progress = new ProgressHub();
const originals = new OriginalStore(process.env['IMAGES'] ?? 'images');
const catalog = new ImageCatalog(database);
const pool = new ThumbnailPool(os.availableParallelism(), progress);
const thumbnails = new ThumbnailService(originals, new ThumbnailCache(2_000), pool);

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(8080);

process.once('SIGTERM', () => {
  server.close();
  void Promise.all([pool.close(), database.destroy()]);
});

/** `PUT /originals/:id`, `GET /thumbnails/:id?width=…`, `GET /progress/:id`, `DELETE /originals/:id`. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, resource, id = ''] = url.pathname.split('/');
  switch (`${request.method ?? 'GET'} ${resource ?? ''}`) {
    case 'PUT originals':
      await originals.write(id, request);
      await catalog.register(id, request.headers['content-type'] ?? 'application/octet-stream');
      response.writeHead(204).end();
      break;
    case 'DELETE originals':
      await catalog.remove(id);
      await originals.remove(id);
      response.writeHead(204).end();
      break;
    case 'GET thumbnails':
      response.end(await thumbnails.get(id, Number(url.searchParams.get('width') ?? 320)));
      break;
    case 'GET progress':
      streamProgress(progress, id, response);
      break;
    default:
      response.writeHead(404).end();
  }
}
