/** What went wrong while asking the server, in a form that a view can show. */
export type ApiErrorParts = {
  /** HTTP status; 0 when no answer came at all. */
  status: number;
  /** MLflow's error code, or one of ours: `UNREACHABLE`, `NOT_JSON`. */
  code: string;
  message: string;
  /** Where in a filter or an order the server stumbled, in characters from 0, when it says. */
  position?: number;
  /** Where that ends. */
  end?: number;
  /** The text in which the server stumbled. */
  about?: string;
  /** That text with a mark below the place, for pages that do not show the text themselves. */
  drawing?: string;
  requestId?: string;
};

/** One refused or failed request. Every call of `wire/client` rejects with this and no other. */
export class ApiError extends Error implements ApiErrorParts {
  readonly status: number;
  readonly code: string;
  readonly position?: number;
  readonly end?: number;
  readonly about?: string;
  readonly drawing?: string;
  readonly requestId?: string;

  constructor(parts: ApiErrorParts) {
    super(parts.message);
    this.name = "ApiError";
    this.status = parts.status;
    this.code = parts.code;
    this.position = parts.position;
    this.end = parts.end;
    this.about = parts.about;
    this.drawing = parts.drawing;
    this.requestId = parts.requestId;
  }

  /** The server could not be reached, so the same request may succeed later. */
  get isUnreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  get isNotFound(): boolean {
    return this.status === 404 || this.code === "RESOURCE_DOES_NOT_EXIST";
  }
}

type ErrorBody = {
  error_code?: unknown;
  message?: unknown;
  request_id?: unknown;
  details?: { position?: unknown; end?: unknown; text?: unknown } | null;
};

/** The last two lines of a message: the text, and carets below the place. */
const DRAWING = /\n([^\n]*\n *\^+)\s*$/;

/** Read an error body as the server wrote it; tolerate proxies that answer with HTML. */
export function errorFromBody(status: number, body: string): ApiError {
  const parsed = parseObject(body);
  if (!parsed || typeof parsed.error_code !== "string") {
    return new ApiError({
      status,
      code: "NOT_JSON",
      message: `The server answered ${status} without a reason that this page can read.`,
    });
  }
  const { position, end, text } = parsed.details ?? {};
  const said = typeof parsed.message === "string" ? parsed.message : parsed.error_code;
  const drawing = DRAWING.exec(said)?.[1];
  return new ApiError({
    status,
    code: parsed.error_code,
    message: said.replace(DRAWING, ""),
    position: typeof position === "number" ? position : undefined,
    end: typeof end === "number" ? end : undefined,
    about: typeof text === "string" ? text : undefined,
    drawing,
    requestId: typeof parsed.request_id === "string" ? parsed.request_id : undefined,
  });
}

/** Any thrown thing as an `ApiError`, so that views handle one type only. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError({
    status: 0,
    code: "UNEXPECTED",
    message: thrown instanceof Error ? thrown.message : String(thrown),
  });
}

function parseObject(body: string): ErrorBody | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? (parsed as ErrorBody) : undefined;
  } catch {
    return undefined;
  }
}
