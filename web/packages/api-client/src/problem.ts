/** One wrong field of a request; `path` is dotted, e.g. `lines.0.sku`. */
export interface FieldProblem {
  path: string;
  message: string;
}

/** RFC 9457, as the server writes it. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  fields: FieldProblem[];
}

/** What went wrong with a request. `status` 0: no answer came. */
export class Problem extends Error {
  override readonly name = "Problem";

  private constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: FieldProblem[],
    cause?: unknown,
  ) {
    super(detail || title || code, { cause });
  }

  static of(status: number, body: Partial<ProblemDocument> | undefined): Problem {
    const document = typeof body === "object" && body !== null ? body : {};
    return new Problem(
      status,
      document.code ?? `http_${status}`,
      document.title ?? "",
      document.detail ?? "",
      Array.isArray(document.fields) ? document.fields : [],
    );
  }

  static unreachable(cause: unknown): Problem {
    return new Problem(0, "unreachable", "", "", [], cause);
  }

  /** Whether the same request, sent again, may well succeed. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}
