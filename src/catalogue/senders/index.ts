import type { SenderCatalogue } from '../../analysis/sender-specification.js';
import { nodeSenders } from './node.js';
import { packageSenders } from './packages.js';
import { webSenders } from './web.js';

/** Every sender that is known without settings. Where several fit, the first decides. */
export const builtInSenders: SenderCatalogue = { ...webSenders, ...packageSenders, ...nodeSenders };
