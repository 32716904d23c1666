export { fakeTransport } from './testing/fake-transport';
export type {
  FakeFault,
  FakePage,
  FakeRequest,
  FakeScript,
  FakeTransport,
} from './testing/fake-transport';
