import { styleText } from 'node:util';

import { isTerminal, type Output } from './host.js';

export type Style = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

/** Colours for `stream`: none unless it is a terminal that has them (Node.js honours NO_COLOR and FORCE_COLOR here). */
export function paintFor(stream: Output): Paint {
  const hasColors = isTerminal(stream) && stream.hasColors();
  return (style, text) => (hasColors ? styleText(style, text, { validateStream: false }) : text);
}
