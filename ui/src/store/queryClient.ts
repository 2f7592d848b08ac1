import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../wire/errors";

const TRIES = 2;

/** The one cache of the page. A refused request is not repeated; a lost line is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      refetchOnWindowFocus: true,
      retry: (failures, error) =>
        failures < TRIES && error instanceof ApiError && error.isUnreachable,
      retryDelay: (failures) => 500 * 2 ** failures,
    },
  },
});
