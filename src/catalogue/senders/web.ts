import type { SenderSpecification } from '../../analysis/sender-specification.js';
import { eventTarget } from './protocols.js';

const ofThePage = { lifetime: 'program', ...eventTarget } as const;
const endsByItself = { lifetime: 'itself', ...eventTarget } as const;

/** It lives for as long as it has listeners, whoever holds it. */
const mediaQuery = {
  lifetime: 'program',
  add: [...eventTarget.add, { method: 'addListener', handler: 0 }],
  remove: [...eventTarget.remove, { method: 'removeListener', handler: 0 }],
} as const satisfies Partial<SenderSpecification>;

/** What sends events in a browser (and, for some, in Node). */
export const webSenders = {
  'web/abort-signal': {
    noun: 'abort signal',
    from: { global: 'AbortSignal' },
    lifetime: 'caller',
    ...eventTarget,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/AbortSignal',
  },
  'web/window': {
    noun: 'window',
    from: { global: 'window' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Window',
  },
  'web/global-this': {
    noun: 'global object',
    from: { global: 'globalThis' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Window',
  },
  'web/self': {
    noun: 'global object',
    from: { global: 'self' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/self',
  },
  'web/document': {
    noun: 'document',
    from: { global: 'document' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Document',
  },
  'web/body': {
    noun: 'body',
    from: { global: 'document.body' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Document/body',
  },
  'web/root-element': {
    noun: 'root element',
    from: { global: 'document.documentElement' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Document/documentElement',
  },
  'web/visual-viewport': {
    noun: 'viewport',
    from: { global: 'visualViewport' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/VisualViewport',
  },
  'web/screen-orientation': {
    noun: 'screen orientation',
    from: { global: 'screen.orientation' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/ScreenOrientation',
  },
  'web/media-devices': {
    noun: 'media devices',
    from: { global: 'navigator.mediaDevices' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/MediaDevices',
  },
  'web/network-information': {
    noun: 'connection',
    from: { global: 'navigator.connection' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/NetworkInformation',
  },
  'web/service-worker': {
    noun: 'service worker container',
    from: { global: 'navigator.serviceWorker' },
    ...ofThePage,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/ServiceWorkerContainer',
  },
  'web/media-query': {
    noun: 'media query',
    from: { global: 'MediaQueryList' },
    ...mediaQuery,
    docs: 'https://drafts.csswg.org/cssom-view/#mediaquerylist',
  },
  'web/match-media': {
    noun: 'media query',
    from: { global: 'matchMedia' },
    ...mediaQuery,
    docs: 'https://drafts.csswg.org/cssom-view/#mediaquerylist',
  },
  'web/elements': {
    noun: 'element',
    from: { global: 'Element' },
    ...endsByItself,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Element',
  },
  'web/sockets': {
    noun: 'socket',
    from: { global: 'WebSocket' },
    endEvent: 'close',
    ...endsByItself,
    docs: 'https://websockets.spec.whatwg.org/#garbage-collection',
  },
  'web/message-port': {
    noun: 'message port',
    from: { global: 'MessagePort' },
    ...endsByItself,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/MessagePort',
  },
  'web/worker': {
    noun: 'worker',
    from: { global: 'Worker' },
    ...endsByItself,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Worker',
  },
} as const satisfies Record<string, SenderSpecification>;
