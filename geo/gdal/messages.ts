import type { EmscriptenModule } from 'gdal3.js/build/package/gdal3WebAssembly.js';

/** What GDAL says. */
export interface Message {
  readonly kind: 'warning' | 'error';
  readonly text: string;
}

/** A broken file can be complained about for every feature. */
const KEPT = 50;
/** Characters of a message. */
const LENGTH = 400;
/** The place in the source of GDAL, on the machine where it was built. */
const PLACE = /^\/\S+\.(?:cpp|c|h), \d+: /;
const WARNING = 2;
const FAILURE = 3;

/** What GDAL says while it works, each sentence once. */
export class MessageList {
  #messages = new Map<string, Message>();

  constructor(module: EmscriptenModule) {
    const listener = module.addFunction((level = 0, _number, pointer = 0) => {
      if (level < WARNING || this.#messages.size >= KEPT) return;
      const text = module.UTF8ToString(pointer).trim().replace(PLACE, '').slice(0, LENGTH);
      if (text !== '') this.#messages.set(text, { kind: level >= FAILURE ? 'error' : 'warning', text });
    }, 'viii');
    module.ccall('CPLSetErrorHandler', 'number', ['number'], [listener]);
  }

  /** What was said since it was asked last. */
  take(): Message[] {
    const taken = [...this.#messages.values()];
    this.#messages = new Map();
    return taken;
  }
}
