import { expect, test } from "vitest";
import { ApiError, errorFromBody, toApiError } from "../../src/wire/errors";

test("an error keeps the server's code, words, position and request id", () => {
  const body = {
    error_code: "INVALID_PARAMETER_VALUE",
    message: "Unknown field",
    details: { position: 7 },
    request_id: "r1",
  };
  expect(errorFromBody(400, JSON.stringify(body))).toMatchObject({
    status: 400,
    code: "INVALID_PARAMETER_VALUE",
    message: "Unknown field",
    position: 7,
    requestId: "r1",
  });
});

test("a page of a proxy is an error that can be read, too", () => {
  const error = errorFromBody(502, "<html>Bad gateway</html>");
  expect(error.code).toBe("NOT_JSON");
  expect(error.message).toContain("502");
  expect(error.isUnreachable).toBe(true);
});

test("what is not there is known by status or by code", () => {
  expect(errorFromBody(404, '{"error_code":"RESOURCE_DOES_NOT_EXIST"}').isNotFound).toBe(true);
  expect(errorFromBody(400, '{"error_code":"BAD_REQUEST"}').isNotFound).toBe(false);
});

test("anything thrown becomes an error of the same type", () => {
  expect(toApiError(new Error("boom"))).toBeInstanceOf(ApiError);
  expect(toApiError("boom").message).toBe("boom");
});

test("a drawing of the place is told apart from the sentence", () => {
  const body = {
    error_code: "INVALID_PARAMETER_VALUE",
    message: "Invalid attribute key 'bogus' (at character 0).\n  bogus ASC\n  ^^^^^",
    details: { position: 0, end: 5, text: "bogus ASC" },
  };
  const error = errorFromBody(400, JSON.stringify(body));
  expect(error.message).toBe("Invalid attribute key 'bogus' (at character 0).");
  expect(error.drawing).toBe("  bogus ASC\n  ^^^^^");
  expect([error.position, error.end, error.about]).toEqual([0, 5, "bogus ASC"]);
});
