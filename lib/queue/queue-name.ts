import type { SinkDescription } from './export-description';

/** Where parts wait for a worker that has their transport and, of files, their folder. */
export function queueName(transport: string, folder?: string): string {
  return folder === undefined ? `table/${transport}` : `files/${transport}/${folder}`;
}

export function folderOf(sink: SinkDescription): string | undefined {
  return sink.kind === 'files' ? sink.folder : undefined;
}

/** What a queue is of; names have no slash in them. */
export function namesOf(queue: string): { readonly transport: string; readonly folder?: string } {
  const [, transport = '', folder] = queue.split('/');
  return { transport, ...(folder !== undefined && { folder }) };
}
