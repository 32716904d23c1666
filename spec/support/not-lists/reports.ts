import { noList, type NotList } from './not-list';

const series = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, n) => [1714557600 + n * 60, n / 2]);

/** Answers made of several lists, of which none is the list. */
export const reports: readonly NotList[] = [
  {
    name: 'a dashboard with several lists',
    request: { url: 'https://api.test/dashboard' },
    body: {
      open_tickets: [
        { id: 1, title: 'A' },
        { id: 2, title: 'B' },
      ],
      recent_orders: [
        { id: 'o1', total: 5 },
        { id: 'o2', total: 6 },
      ],
      top_customers: [{ id: 'c1', name: 'Ann' }],
    },
    reading: noList,
  },
  {
    name: 'a search over several kinds',
    request: { url: 'https://api.test/search', params: { q: 'rx' } },
    body: {
      artists: [
        { id: 'a1', name: 'A' },
        { id: 'a2', name: 'B' },
      ],
      albums: [
        { id: 'b1', title: 'C' },
        { id: 'b2', title: 'D' },
      ],
      tracks: [
        { id: 't1', title: 'E' },
        { id: 't2', title: 'F' },
      ],
    },
    reading: noList,
  },
  {
    name: 'a time series as columns',
    request: { url: 'https://api.test/forecast', params: { latitude: '52', longitude: '13' } },
    body: {
      latitude: 52,
      longitude: 13,
      hourly_units: { time: 'iso8601', temperature: '°C' },
      hourly: { time: ['00:00', '01:00', '02:00'], temperature: [3.1, 2.9, 2.7] },
    },
    reading: noList,
  },
  {
    name: 'a chart with labels and datasets',
    body: {
      labels: ['Jan', 'Feb', 'Mar'],
      datasets: [
        { label: 'sales', data: [1, 2, 3] },
        { label: 'costs', data: [2, 2, 2] },
      ],
      options: { responsive: true },
    },
    reading: noList,
  },
  {
    name: 'metrics of two servers over time',
    body: {
      status: 'success',
      data: { resultType: 'matrix', cpu: series(5), memory: series(5) },
    },
    reading: noList,
  },
  {
    name: 'a table of rows beside a table of columns',
    request: { method: 'POST', url: 'https://api.test/reports:run', body: { metrics: ['users'] } },
    body: {
      dimensionHeaders: [{ name: 'country' }, { name: 'city' }],
      metricHeaders: [{ name: 'users' }, { name: 'sessions' }],
    },
    reading: noList,
  },
  {
    name: 'a comparison of before and after',
    body: { before: [{ k: 'a', v: 1 }], after: [{ k: 'a', v: 2 }], changed: ['a'] },
    reading: noList,
  },
  {
    name: 'results of a batch: what went well and what did not',
    request: { method: 'POST', url: 'https://api.test/batch', body: { ids: [1, 2, 3] } },
    body: { succeeded: [{ id: 1 }, { id: 2 }], failed: [{ id: 3, error: 'locked' }] },
    reading: noList,
  },
];
