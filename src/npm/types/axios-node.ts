// What npm's axios asks of Node's sockets. Here it is without meaning; an app that is moved keeps its types.

export interface AxiosProxyConfig {
  host: string;
  port: number;
  auth?: { username: string; password: string };
  protocol?: string;
}

export type AddressFamily = 4 | 6 | undefined;

export interface LookupAddressEntry {
  address: string;
  family?: AddressFamily;
}
export type LookupAddress = string | LookupAddressEntry;

type Encoding =
  | 'ascii'
  | 'ansi'
  | 'binary'
  | 'base64'
  | 'base64url'
  | 'hex'
  | 'latin1'
  | 'ucs-2'
  | 'ucs2'
  | 'utf-8'
  | 'utf8'
  | 'utf16le';
export type responseEncoding = Encoding | Uppercase<Encoding>;
