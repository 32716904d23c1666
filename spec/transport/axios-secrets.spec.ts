import { SentSecrets } from '../../lib/transport/axios-secrets';

describe('SentSecrets', () => {
  it('finds each of many secrets, those asked about again among them', () => {
    const sent = new SentSecrets();
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 100; at++) {
        const token = `own-secret-${String(at)}`;
        const found = sent.of([{ headers: { Authorization: `Bearer ${token}` } }], '/');
        expect(found.filter((text) => text.startsWith('own-secret'))).toEqual([token]);
      }
    }
  });

  it('takes headers of one value and several names for what they are', () => {
    const sent = new SentSecrets();
    const headers = { accept: 'shown-value', 'x-key': 'shown-value' };
    expect(sent.of([{ headers: { accept: 'shown-value' } }], '/')).toEqual([]);
    expect(sent.of([{ headers }], '/')).toContain('shown-value');
    expect(sent.of([{ headers: { accept: 'shown-value' } }], '/')).toEqual([]);
  });

  it('puts the longest first over all configurations and the URL', () => {
    const sent = new SentSecrets();
    const configs = [
      { headers: { 'x-key': 'abcdef' } },
      { baseURL: 'http://user:abcdefgh@h.test/' },
      { params: { api_key: 'abcdefghij' } },
    ];
    const lengths = sent.of(configs, 'http://h.test/?token=abcd').map(({ length }) => length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    expect(lengths.length).toBeGreaterThan(4);
  });
});
