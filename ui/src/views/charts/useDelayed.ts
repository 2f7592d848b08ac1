import { useEffect, useRef, useState } from "react";

const DELAY_MS = 200;

/**
 * A value that changes at once here and a moment later where it is kept.
 *
 * For sliders and text fields whose value lives in the address: browsers limit how often an
 * address may be changed. A change from outside, such as the back button, wins.
 */
export function useDelayed<T>(kept: T, keep: (value: T) => void): [T, (value: T) => void] {
  const [value, setValue] = useState(kept);
  const last = useRef(kept);
  const latestKeep = useRef(keep);
  latestKeep.current = keep;
  useEffect(() => {
    if (kept === last.current) return;
    last.current = kept;
    setValue(kept);
  }, [kept]);
  useEffect(() => {
    if (value === last.current) return;
    const timer = setTimeout(() => {
      last.current = value;
      latestKeep.current(value);
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return [value, setValue];
}
