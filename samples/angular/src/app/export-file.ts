/** Where an export goes. */
export interface ExportFile {
  /** `true`: straight to the disk, with one page in memory. `false`: into a Blob, which the browser keeps until it is saved. */
  readonly isStreamed: boolean;
  /** Resolves with the bytes of the text when the next one may come. */
  write(text: string): Promise<number>;
  save(): Promise<void>;
  discard(): Promise<void>;
}

interface WritableFile {
  write(text: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** What TypeScript's own library does not have yet. */
type SaveFilePicker = (options: {
  suggestedName: string;
}) => Promise<{ createWritable(): Promise<WritableFile> }>;

const encoder = new TextEncoder();

/** Asks where to save, if the browser can write files; nothing if no file was chosen. */
export async function openExportFile(name: string): Promise<ExportFile | undefined> {
  const picker: unknown = Reflect.get(globalThis, 'showSaveFilePicker');
  if (typeof picker !== 'function') return blobFile(name);
  try {
    const handle = await (picker as SaveFilePicker)({ suggestedName: name });
    return diskFile(await handle.createWritable());
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    return blobFile(name);
  }
}

function diskFile(file: WritableFile): ExportFile {
  return {
    isStreamed: true,
    write: async (text) => {
      const bytes = encoder.encode(text);
      await file.write(bytes);
      return bytes.byteLength;
    },
    save: () => file.close(),
    discard: () => file.abort(),
  };
}

/** A Blob a page: browsers may keep Blobs on disk, and the text of a page is free to go at once. */
function blobFile(name: string): ExportFile {
  let parts: Blob[] = [];
  return {
    isStreamed: false,
    write: (text) => {
      const part = new Blob([text]);
      parts.push(part);
      return Promise.resolve(part.size);
    },
    save: () => {
      const url = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }));
      const link = Object.assign(document.createElement('a'), { href: url, download: name });
      link.click();
      parts = [];
      setTimeout(() => {
        URL.revokeObjectURL(url);
      }, 60_000);
      return Promise.resolve();
    },
    discard: () => {
      parts = [];
      return Promise.resolve();
    },
  };
}
