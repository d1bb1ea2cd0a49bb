/**
 * The JSON header of a safetensors file, parsed from its bytes. The grammar is so small that a general parser
 * would only add danger: nothing nests deeper than three levels, a name given twice is seen (JSON.parse keeps
 * the last one in silence), and a file of another kind is given up at its first wrong byte. Names become keys
 * of maps, where `__proto__` is a name like any other. Source: the format description of
 * huggingface/safetensors. Not here: whether the numbers make sense (safetensors.ts).
 */
import { WeightsError } from '../errors/errors';

export interface RawTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface RawHeader {
  readonly tensors: readonly RawTensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** A model of ours has at most some fifty arrays. */
const MAX_TENSORS = 10_000;
/** Of one object, so that no header of many small entries fills the memory: all arrays and `__metadata__`. */
const MAX_MEMBERS = MAX_TENSORS + 1;
const tooMany = (): WeightsError => new WeightsError('weights-too-many', { limit: MAX_TENSORS });
const MAX_STRING_BYTES = 1 << 20;
const MAX_DIMENSIONS = 8;
const code = (symbol: string): number => symbol.charCodeAt(0);
const [QUOTE, BACKSLASH, COMMA] = [code('"'), code('\\'), code(',')];

/** For a message: short, and without characters that could rearrange the text around it. */
export const readable = (name: string): string => {
  const plain = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
};

class Parser {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /**
   * @throws WeightsError `weights-header`, `weights-not-utf8`, `weights-duplicate`, `weights-number`,
   * `weights-too-many`
   */
  header(): RawHeader {
    const tensors: RawTensor[] = [];
    let metadata: ReadonlyMap<string, string> = new Map();
    if (this.bytes[0] !== code('{')) throw this.unexpected('{'); // no white space in front, says the format
    this.object((name) => {
      if (name === '__metadata__') metadata = this.metadata();
      else tensors.push(this.tensor(name));
      if (tensors.length > MAX_TENSORS) throw tooMany();
    });
    this.skip();
    if (this.at < this.bytes.length) throw this.unexpected('}');
    return { tensors, metadata };
  }

  private metadata(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    this.object((key) => found.set(key, this.string()));
    return found;
  }

  private tensor(name: string): RawTensor {
    let dtype: string | null = null;
    let shape: readonly number[] | null = null;
    let offsets: readonly number[] | null = null;
    this.object((key) => {
      if (key === 'dtype') dtype = this.string();
      else if (key === 'shape') shape = this.numbers(name, MAX_DIMENSIONS);
      else if (key === 'data_offsets') offsets = this.numbers(name, 2);
      else throw this.unexpected('dtype, shape, data_offsets');
    });
    const [begin, end] = (offsets ?? []) as readonly number[];
    if (dtype === null || shape === null || begin === undefined || end === undefined)
      throw this.unexpected('dtype, shape, data_offsets');
    return { name, dtype, shape, begin, end };
  }

  /** `{"key": value, ...}`; `member` reads the value. */
  private object(member: (key: string) => void): void {
    const seen = new Set<string>();
    this.list('{', '}', () => {
      const key = this.string();
      if (seen.has(key)) throw new WeightsError('weights-duplicate', { name: readable(key) });
      seen.add(key);
      if (seen.size > MAX_MEMBERS) throw tooMany();
      this.take(':');
      member(key);
    });
  }

  private numbers(name: string, atMost: number): number[] {
    const found: number[] = [];
    this.list('[', ']', () => {
      if (found.length === atMost) throw this.unexpected(']');
      found.push(this.number(name));
    });
    return found;
  }

  private list(open: string, close: string, item: () => void): void {
    this.take(open);
    if (this.skip() !== code(close)) {
      item();
      while (this.skip() === COMMA) {
        this.at++;
        item();
      }
    }
    this.take(close);
  }

  private number(name: string): number {
    this.skip();
    const start = this.at;
    while (
      this.at < this.bytes.length &&
      '+-.0123456789Ee'.includes(String.fromCharCode(this.bytes[this.at]!))
    )
      this.at++;
    const text = this.ascii(start, Math.min(this.at, start + 32));
    const value = Number(text);
    if (text === '') throw this.unexpected('0…9');
    if (!/^(?:0|[1-9]\d*)$/.test(text) || !Number.isSafeInteger(value))
      throw new WeightsError('weights-number', { name: readable(name), text });
    return value;
  }

  private string(): string {
    this.take('"');
    const start = this.at;
    let plain = true;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === QUOTE) break;
      if (byte === undefined || byte < 0x20 || this.at - start > MAX_STRING_BYTES) throw this.unexpected('"');
      if (byte === BACKSLASH) this.at++;
      if (byte === BACKSLASH || byte > 0x7f) plain = false;
      this.at++;
    }
    const end = this.at++;
    return plain ? this.ascii(start, end) : this.decode(start, end);
  }

  /**
   * Percent decoding is a strict UTF-8 decoder that every JavaScript has; the JSON of one string cannot nest.
   */
  private decode(start: number, end: number): string {
    let text: string;
    try {
      text = decodeURIComponent(
        Array.from(this.bytes.subarray(start, end), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(
          '',
        ),
      );
    } catch (error) {
      throw new WeightsError('weights-not-utf8', { at: start + 8 }, error);
    }
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      this.at = start;
      throw this.unexpected('"');
    }
  }

  private ascii(start: number, end: number): string {
    let text = '';
    for (let i = start; i < end; i += 4096)
      text += String.fromCharCode(...this.bytes.subarray(i, Math.min(end, i + 4096)));
    return text;
  }

  private take(symbol: string): void {
    if (this.skip() !== code(symbol)) throw this.unexpected(symbol);
    this.at++;
  }

  /** Passes JSON's white space over. @returns the byte after it */
  private skip(): number | undefined {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.at++;
    }
  }

  private unexpected(expected: string): WeightsError {
    const at = this.at + 8;
    return new WeightsError('weights-header', { at, expected });
  }
}

/** @param bytes the header alone, without the eight bytes of its length */
export const parseHeader = (bytes: Uint8Array): RawHeader => new Parser(bytes).header();
