import { dataFolder } from '../../../lib/queue/database/data-folder';

describe('dataFolder', () => {
  it.each([
    { platform: 'linux', environment: {}, folder: '/home/ada/.local/share/paged-observable' },
    {
      platform: 'linux',
      environment: { XDG_DATA_HOME: '/data', PAGED_OBSERVABLE_DATA: '' },
      folder: '/data/paged-observable',
    },
    {
      platform: 'darwin',
      environment: {},
      folder: '/home/ada/Library/Application Support/paged-observable',
    },
    {
      platform: 'win32',
      environment: { LOCALAPPDATA: '/local' },
      folder: '/local/paged-observable',
    },
    { platform: 'win32', environment: {}, folder: '/home/ada/AppData/Local/paged-observable' },
    {
      platform: 'linux',
      environment: { PAGED_OBSERVABLE_DATA: '/elsewhere', XDG_DATA_HOME: '/data' },
      folder: '/elsewhere',
    },
  ] as const)('is $folder on $platform', ({ platform, environment, folder }) => {
    expect(dataFolder(environment, platform, '/home/ada')).toBe(folder);
  });
});
