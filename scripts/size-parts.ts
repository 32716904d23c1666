import { bundleOf, loadedAtOnce } from './sizes';

/** What the modules of a walk are for, by their names without folders; the first that fits counts. */
const parts: readonly (readonly [part: string, modules: RegExp])[] = [
  [
    'errors that say what happened where, without a secret in them',
    /^(?:(?:pagination|complete|scrub|status)-error|error-code|cleaned-cause|secrets|redact|excerpt|credential-name|mask-\w+|anonymous-request)$/,
  ],
  [
    'resume tokens, and going on from them although the list has changed',
    /^(?:resume-token|step-(?:token|passing)|public-position|anchor[\w-]*|drift|row-\w+|key-window|fresh-items|item-keys|base64url|hash)$/,
  ],
  [
    'no page twice, no foreign server, no walk without an end',
    /^(?:loop-guard|request-key|content-hash|canonical-json|repeat-policy|origin-guard|redirect|next-url|walk-memory)$/,
  ],
  [
    'another attempt: which failures, when, how often',
    /^(?:page-fetch|retry-\w+|rate-limit|timer)$/,
  ],
  [
    'one request: time, size, its reply checked',
    /^(?:exchange[\w-]*|page-attempt|page-reader|request-\w+|pick-items|validate-items|on-abort|parse-url|json-text|query-text)$/,
  ],
  [
    'requests ahead, side by side, and pages whose size adapts',
    /^(?:page-ring|page-size|step-fetches)$/,
  ],
  [
    'options that are refused with what was expected',
    /^(?:check-[\w-]+|usage-error|detect-options|slot-options|common-options)$/,
  ],
  [
    'demand: who reads how, one page for one that is asked for',
    /^(?:page-flow|page-chain|demand-\w+|for-each|consume|turn|walk|walk-source|walk-plan|walk-log|paged-\w+|paginate)$/,
  ],
  ['pages and what they tell', /^(?:page|page-(?!walk)\w+|views)$/],
];

const REST = 'the walk from step to step, and reading its replies by a strategy';

/** Minified bytes of what is loaded at once of an import, by what they are for. */
export async function sizeParts(
  code: string,
  folder: string,
): Promise<readonly (readonly [part: string, minified: number])[]> {
  const { metafile } = await bundleOf(code, folder);
  const sums = new Map<string, number>();
  for (const output of loadedAtOnce(metafile)) {
    for (const [input, { bytesInOutput }] of Object.entries(
      metafile.outputs[output]?.inputs ?? {},
    )) {
      const module = input.replace(/^.*\//, '').replace(/\.\w+$/, '');
      const part = parts.find(([, names]) => names.test(module))?.[0] ?? REST;
      sums.set(part, (sums.get(part) ?? 0) + bytesInOutput);
    }
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}
