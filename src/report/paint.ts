/** Colours, for the one renderer that shows some. */
import { styleText } from 'node:util';

/** The few styles that the summary and the progress use. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Puts a style around a text, or gives it back as it is. */
export type Paint = (style: Style | readonly Style[], text: string) => string;

/** A painter that paints, or one that does not. */
export function createPaint(color: boolean): Paint {
  return (style, text) =>
    color && text !== '' ? styleText(typeof style === 'string' ? style : [...style], text, { validateStream: false }) : text;
}
