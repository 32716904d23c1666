import * as fc from 'fast-check';

import { demoUsers, TEAMS } from '../../lib/demo/data-set';

describe('demoUsers', () => {
  it('gives the same bytes for the same seed', () => {
    expect(JSON.stringify(demoUsers(2))).toBe(
      '[{"id":"u0000001","name":"Mei Adeyemi","email":"u0000001@users.example","team":"jade",' +
        '"active":false,"createdAt":"2025-12-07T21:58:50.000Z","score":20.9},' +
        '{"id":"u0000002","name":"Mei Şahin","email":"u0000002@users.example","team":"jade",' +
        '"active":false,"createdAt":"2024-11-28T08:21:00.000Z","score":43.7}]',
    );
  });

  it('gives other users for another seed, under the same ids', () => {
    const [one, two] = [demoUsers(50, 1), demoUsers(50, 2)];
    expect(one.map(({ id }) => id)).toEqual(two.map(({ id }) => id));
    expect(one.map(({ name }) => name)).not.toEqual(two.map(({ name }) => name));
  });

  it('begins a larger set with the smaller one', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(), (small, more, seed) => {
        expect(demoUsers(small + more, seed).slice(0, small)).toEqual(demoUsers(small, seed));
      }),
    );
  });

  it('has ids that are unique and sort as text in server order', () => {
    const ids = demoUsers(12_000).map(({ id }) => id);
    expect(new Set(ids).size).toBe(12_000);
    expect([...ids].sort()).toEqual(ids);
  });

  it('has every team, both states, times in no order, repeated names, and scores below zero', () => {
    const users = demoUsers(250);
    expect([...new Set(users.map(({ team }) => team))].sort()).toEqual([...TEAMS].sort());
    expect(new Set(users.map(({ active }) => active)).size).toBe(2);
    const times = users.map(({ createdAt }) => createdAt);
    expect([...times].sort()).not.toEqual(times);
    expect(times.every((time) => new Date(time).toISOString() === time)).toBe(true);
    expect(new Set(users.map(({ name }) => name)).size).toBeLessThan(250);
    expect(users.some(({ score }) => score < 0)).toBe(true);
    expect(users.every(({ score }) => score >= -10 && score <= 99.9)).toBe(true);
  });

  it('refuses counts and seeds that are no whole numbers of at least 0', () => {
    expect(() => demoUsers(-1)).toThrow(
      new TypeError('Expected users to be a whole number of at least 0, got -1'),
    );
    expect(() => demoUsers(1.5)).toThrow(TypeError);
    expect(() => demoUsers(1, Number.NaN)).toThrow(/^Expected seed to be/);
  });
});
