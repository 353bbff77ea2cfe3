import createFetchClient, { type Client } from "openapi-fetch";
import { Problem, type ProblemDocument } from "./problem";
import type { paths } from "./schema";

export { type FieldProblem, Problem, type ProblemDocument } from "./problem";
export type { components, paths } from "./schema";

export type ShukeClient = Client<paths>;

export interface ClientOptions {
  /** Origin of the server; empty for the origin the page came from. */
  baseUrl?: string;
  /** Asked before every request, so a change of language needs no new client. */
  language?: () => string;
  /** Machines sign in by key; people by cookie. */
  apiKey?: string;
}

/** A client typed by the committed `openapi.json`. */
export function createClient(options: ClientOptions = {}): ShukeClient {
  const client = createFetchClient<paths>({ baseUrl: options.baseUrl ?? "", credentials: "same-origin" });
  client.use({
    onRequest({ request }) {
      if (options.language) request.headers.set("Accept-Language", options.language());
      if (options.apiKey) request.headers.set("Authorization", `Bearer ${options.apiKey}`);
      return request;
    },
  });
  return client;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; a bad one, or none at all, is thrown as a `Problem`. */
export async function unwrap<T>(answering: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await answering;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw Problem.unreachable(cause);
  }
  if (!answer.response.ok) throw Problem.of(answer.response.status, answer.error as Partial<ProblemDocument>);
  return answer.data as T;
}
