import { demoIssues, ISSUES } from '../../lib/demo/issues';
import { demoServer, get } from './demo-client';

describe('/issues', () => {
  const server = demoServer();
  const list = (query: string, headers: Record<string, string> = {}) =>
    get(`${server().url}/issues?${query}`, headers);

  it('has its pages numbered, with totals', async () => {
    const { body } = await list('page=205');
    expect(body).toEqual({
      total_count: ISSUES,
      total_pages: 205,
      page: 205,
      per_page: 50,
      issues: demoIssues().slice(-40),
    });
  });

  it('are the same at every start, the newest first, each with its number', () => {
    const issues = demoIssues();
    expect(issues.map(({ number }) => number)).toEqual(issues.map((_, place) => ISSUES - place));
    const times = issues.map(({ createdAt }) => createdAt);
    expect([...times].sort().reverse()).toEqual(times);
    expect(issues[0]).toEqual({
      number: 10_240,
      title: 'Search rejects valid input with right-to-left text',
      state: 'open',
      author: 'emeka',
      labels: ['security'],
      comments: 0,
      createdAt: '2026-11-20T15:57:00.000Z',
    });
  });

  it('are found by state and by words, all of which an issue must hold', async () => {
    const { body } = await list('q=Billing+ADA+bug&state=closed&per_page=100');
    const wanted = demoIssues().filter(
      ({ title, author, labels, state }) =>
        title.startsWith('Billing') &&
        author === 'ada' &&
        labels.includes('bug') &&
        state === 'closed',
    );
    expect(wanted.length).toBeGreaterThan(0);
    expect(body).toMatchObject({ total_count: wanted.length, issues: wanted });
  });

  it('fail as a header of the request asks for', async () => {
    const statuses = async (condition: string) => [
      (await list('', { 'x-demo-server': condition })).status,
      (await list('', { 'x-demo-server': condition })).status,
    ];
    await expect(statuses('down')).resolves.toEqual([503, 503]);
    await expect(statuses('flaky')).resolves.toEqual([503, 200]);
    await expect(statuses('steady')).resolves.toEqual([200, 200]);
  });
});
