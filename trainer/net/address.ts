/** Addresses of files on the net. Credentials in one are sent, and never shown. */

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** `user:password@` as the header that it stands for. */
export function authorization(address: string): Readonly<Record<string, string>> {
  const { username, password } = new URL(address);
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

export function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

/** An address as a person may see it. */
export function shown(address: string): string {
  return /^https?:/.test(address) ? withoutCredentials(address) : address;
}

/** Why a connection did not come about: Node hides it in the error's cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
