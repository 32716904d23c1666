import { isCredentialName } from '../../lib/core/credential-name';

describe('isCredentialName', () => {
  it.each([
    ...['key', 'token', 'auth', 'sig', 'code', 'sid', 'pwd', 'pass', 'sas', 'session', 'jwt'],
    ...['bearer', 'hmac', 'cookie', 'nonce', 'otp', 'ticket', 'hdnea', 'hdnts', 'hdntl'],
    ...['api_key', 'apiKey', 'X-API-Key', 'api-token', 'auth_token', 'access_token', 'my.idToken'],
    ...['refreshToken', 'user_token', 'client_secret', 'password', 'passwd', 'Signature'],
    ...['credentials', 'authorization', 'JSESSIONID', 'private_key', 'AccessKeyId'],
    ...['subscription-key', 'bearerToken', 'X-Amz-Date', 'x-goog-expires', 'x-ms-date'],
    ...['x-oss-process', 'x-cos-acl', 'x-obs-date', 'x-tos-date', 'user_key', 'appkey'],
    ...['licenseKey', 'consumer_key', 'accountkey', 'service_key', 'masterkey', 'adminkey'],
    ...['csrf_token', 'oauth_token', 'page_tokens_token', 'my_next_token'],
  ])('takes %s for one', (name) => {
    expect(isCredentialName(name)).toBe(true);
  });

  it.each([
    ...['', 'page', 'cursor', 'limit', 'q', 'keys', 'keyword', 'monkey', 'sort_key', 'codes'],
    ...['encode', 'design', 'author', 'tokens', 'tokenize', 'auto', 'sided', 'passage', 'sessions'],
    ...['page_token', 'pageToken', 'next_token', 'NextToken', 'continuationToken', 'sync_token'],
    ...['nextPageToken', 'skiptoken', '$skiptoken', 'deltatoken', 'afterToken', 'scroll-token'],
    ...['x', 'xamount', 'maxamz', 'hdn', 'otps', 'tickets', 'last_evaluated_key', 'primarykey'],
  ])('takes %p for none', (name) => {
    expect(isCredentialName(name)).toBe(false);
  });
});
