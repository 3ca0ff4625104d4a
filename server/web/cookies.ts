import { parseCookie as parse, stringifySetCookie } from 'cookie';

export function parseCookie(header: string | undefined): Readonly<Record<string, string | undefined>> {
  return parse(header ?? '');
}

/** A cookie that scripts cannot read and that no other site's page can send. `maxAgeS` 0 takes it away. */
export function serializeCookie(
  name: string,
  value: string,
  { maxAgeS, secure }: { readonly maxAgeS: number; readonly secure: boolean },
): string {
  return stringifySetCookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    maxAge: maxAgeS,
    secure,
  });
}
