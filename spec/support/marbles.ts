import { TestScheduler } from 'rxjs/testing';

type Body = (
  helpers: Parameters<Parameters<TestScheduler['run']>[0]>[0] & { readonly clock: TestScheduler },
) => void;

/** A test in virtual time, drawn in marbles; `clock` is for the walk's option of that name. */
export function marbles(body: Body): () => void {
  return () => {
    const clock = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
    clock.run((helpers) => {
      body({ ...helpers, clock });
    });
  };
}
