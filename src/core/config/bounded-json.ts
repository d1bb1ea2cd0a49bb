/**
 * JSON from anywhere: looked over before it is parsed, because `[` ninety million times is 90 MB of text and
 * gigabytes of memory.
 */
import { ConfigError } from '../errors/errors';

/** Levels of `[` and `{`: config.json has seven. */
export const MOST_LEVELS = 32;
/** Values and keys in all: 100,000 changes by hand have 1.2 million. */
export const MOST_VALUES = 4_000_000;

/** @throws ConfigError `json-too-deep`, `json-too-long`, `not-json` */
export function parseJson(text: string): unknown {
  const plain = text.codePointAt(0) === 0xfeff ? text.slice(1) : text;
  lookOver(plain);
  try {
    return JSON.parse(plain);
  } catch (error) {
    throw new ConfigError('not-json', {}, error);
  }
}

/** Counts levels and separators outside of strings. */
function lookOver(text: string): void {
  let level = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++)
          if (text.charCodeAt(at) === 0x5c) at++;
        break;
      case 0x5b:
      case 0x7b: // [ {
        if (++level > MOST_LEVELS)
          throw new ConfigError('json-too-deep', {
            limit: MOST_LEVELS,
          });
        values++;
        break;
      case 0x5d:
      case 0x7d: // ] }
        level--;
        break;
      case 0x2c:
      case 0x3a: // , :
        values++;
        break;
      default:
    }
    if (values > MOST_VALUES)
      throw new ConfigError('json-too-long', {
        limit: MOST_VALUES,
      });
  }
}
