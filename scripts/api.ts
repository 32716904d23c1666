import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

import { entries, root } from './entries';

// The public face is a committed report, so that a changed line is a decision, not an accident.
// With `--update` the reports are written; without it a difference is an error.
const update = process.argv.includes('--update');
const reportFolder = join(root, 'etc');
const chatter = [ExtractorLogLevel.Info, ExtractorLogLevel.Verbose];
const quiet = { logLevel: ExtractorLogLevel.None };

/** Whether the report of one entry is as it should be. */
function report(name: string): boolean {
  const types = join(root, 'dist', `${name}.d.ts`);
  if (!existsSync(types)) throw new Error('The report is made from dist/: `npm run build` first.');
  const extractorConfig = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: types,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2022', 'DOM'],
            module: 'ESNext',
            moduleResolution: 'Bundler',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder,
        reportTempFolder: join(root, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: quiet,
          // A type that users meet but cannot name shows in the report; of a smaller entry, `index` may export it.
          ...(name === 'index' && {
            'ae-forgotten-export': { ...quiet, addToApiReportFile: true },
          }),
        },
        tsdocMessageReporting: { default: quiet },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
  const { succeeded, apiReportChanged, errorCount } = Extractor.invoke(extractorConfig, {
    localBuild: update,
    printApiReportDiff: !update,
    messageCallback: (message) => {
      message.handled = chatter.includes(message.logLevel);
    },
  });
  if (apiReportChanged && !update) {
    console.error(
      `etc/${name}.api.md differs; \`npm run api\` updates it. Commit it if it is meant.`,
    );
  }
  return update ? errorCount === 0 : succeeded;
}

mkdirSync(reportFolder, { recursive: true });
const results = entries.map(({ name }) => report(name));
if (results.includes(false)) process.exitCode = 1;
