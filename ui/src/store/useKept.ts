import { useRef } from "react";

/** The last value that was there, for as long as there is no newer one. */
export function useKept<T>(value: T | undefined): T | undefined {
  const kept = useRef(value);
  if (value !== undefined) kept.current = value;
  return kept.current;
}
