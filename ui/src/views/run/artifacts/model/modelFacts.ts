/** One column or tensor of a model's signature. */
export type SignatureField = { name: string; type: string; isOptional: boolean };

export type ModelFlavor = { name: string; facts: [string, string][] };

/** What an `MLmodel` file says, in words. */
export type ModelFacts = {
  flavors: ModelFlavor[];
  inputs: SignatureField[] | undefined;
  outputs: SignatureField[] | undefined;
  params: SignatureField[] | undefined;
  sizeBytes: number | undefined;
  createdAt: string | undefined;
  loggedWith: string | undefined;
  runId: string | undefined;
  /** Files that say what the model needs. */
  environment: [string, string][];
};

type Json = Record<string, unknown>;

/** Read a parsed `MLmodel`; undefined for what names no flavors. */
export function modelFacts(value: unknown): ModelFacts | undefined {
  const model = asObject(value);
  const flavors = asObject(model?.flavors);
  if (!model || !flavors) return undefined;
  const signature = asObject(model.signature);
  const python = asObject(flavors.python_function);
  return {
    flavors: Object.entries(flavors).map(([name, facts]) => ({
      name,
      facts: Object.entries(asObject(facts) ?? {}).map(([key, each]) => [key, asText(each)]),
    })),
    inputs: fieldsOf(signature?.inputs),
    outputs: fieldsOf(signature?.outputs),
    params: fieldsOf(signature?.params),
    sizeBytes: typeof model.model_size_bytes === "number" ? model.model_size_bytes : undefined,
    createdAt: textOf(model.utc_time_created),
    loggedWith: textOf(model.mlflow_version),
    runId: textOf(model.run_id),
    environment: environmentOf(python),
  };
}

function environmentOf(python: Json | undefined): [string, string][] {
  const found: [string, string][] = [];
  const version = textOf(python?.python_version);
  if (version) found.push(["Python", version]);
  const env = asObject(python?.env);
  for (const [name, file] of Object.entries(env ?? {})) found.push([name, asText(file)]);
  const single = textOf(python?.env);
  if (single) found.push(["conda", single]);
  return found;
}

/** The signature keeps its parts as JSON texts in YAML. */
function fieldsOf(text: unknown): SignatureField[] | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const listed: unknown = JSON.parse(text);
    return Array.isArray(listed) ? listed.map(readField) : undefined;
  } catch {
    return undefined;
  }
}

function readField(field: unknown, index: number): SignatureField {
  const each = asObject(field) ?? {};
  const name = textOf(each.name) ?? `(${index + 1})`;
  return { name, type: typeOf(each), isOptional: each.required === false };
}

function typeOf(field: Json): string {
  const { type } = field;
  const tensor = asObject(field["tensor-spec"]);
  if (tensor) {
    const shape = Array.isArray(tensor.shape) ? tensor.shape.map(String).join(", ") : "?";
    return `${String(tensor.dtype)} (${shape})`;
  }
  const items = asObject(field.items);
  if (type === "array" && items) return `array of ${typeOf(items)}`;
  const properties = asObject(field.properties);
  if (type === "object" && properties) {
    const parts = Object.entries(properties).map(
      ([name, each]) => `${name}: ${typeOf(asObject(each) ?? {})}`,
    );
    return `{ ${parts.join(", ")} }`;
  }
  return "default" in field ? `${String(type)} = ${JSON.stringify(field.default)}` : String(type);
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : (JSON.stringify(value) ?? "");
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" && value !== "" ? value : undefined;
}

function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}
