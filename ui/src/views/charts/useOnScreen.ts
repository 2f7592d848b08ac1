import { useEffect, useState } from "react";

/** Whether an element is on the screen, or will be after a little scrolling. */
export function useOnScreen(element: Element | null): boolean {
  const [isOnScreen, setOnScreen] = useState(false);
  useEffect(() => {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => setOnScreen(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: "160px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return isOnScreen;
}
