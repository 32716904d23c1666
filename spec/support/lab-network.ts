import dns from 'node:dns';
import tls from 'node:tls';

/** Runs `use` while all TLS clients of this process trust this authority too, as NODE_EXTRA_CA_CERTS would have it. */
export async function trusting<R>(authority: string, use: () => Promise<R>): Promise<R> {
  const original = tls.connect;
  const ca = [...tls.rootCertificates, authority];
  // Clients look the function up when they connect.
  tls.connect = ((options: tls.ConnectionOptions, ...rest: never[]) =>
    original({ ...options, ca }, ...rest)) as typeof tls.connect;
  try {
    return await use();
  } finally {
    tls.connect = original;
  }
}

/** Answers the look-ups of one name by this machine's own address, or says that there is no such name. */
export function answerNames(name: string, decide: () => 'yes' | 'no') {
  const original = dns.lookup;
  const answered: ('yes' | 'no')[] = [];
  const lookup = (host: string, ...rest: readonly unknown[]) => {
    const callback = rest.at(-1) as (...result: unknown[]) => void;
    if (host !== name) {
      Reflect.apply(original, dns, [host, ...rest]);
      return;
    }
    const answer = decide();
    answered.push(answer);
    const { all = false } = (typeof rest[0] === 'object' ? rest[0] : {}) as { all?: boolean };
    setImmediate(() => {
      if (answer === 'no') {
        const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
        callback(
          Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host }),
        );
      } else if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    });
  };
  dns.lookup = lookup as typeof dns.lookup;
  return {
    answered,
    restore: () => {
      dns.lookup = original;
    },
  };
}
