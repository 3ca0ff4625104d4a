/** The front door of a server as an outside program uses it. */
export interface Api {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>;
  post(path: string, body: string, contentType?: string): Promise<ApiAnswer>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly bytes: number;
  readonly tookMs: number;
}

export function apiOf(url: string, token: string): Api {
  const call = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const begunMs = performance.now();
    const headers = { Authorization: `Bearer ${token}`, ...init.headers };
    const response = await fetch(new URL(path, url), { ...init, headers });
    const text = await response.text();
    const tookMs = performance.now() - begunMs;
    return { status: response.status, body: parsed(text), bytes: Buffer.byteLength(text), tookMs };
  };
  return {
    get: (path, headers = {}) => call(path, { headers }),
    post: (path, body, contentType = 'application/json') =>
      call(path, { method: 'POST', body, headers: { 'Content-Type': contentType } }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
