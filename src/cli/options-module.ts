import { optionsFor } from './eslint-options.js';
import { requestIn } from './request.js';

/** ESLint's options, for `ESLint.fromOptionsModule`: each worker thread imports this module by the request's URL. */
export default optionsFor(requestIn(import.meta.url));
