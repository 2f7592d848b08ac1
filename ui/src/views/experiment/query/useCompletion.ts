import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSettled } from "../../../store/useSettled";
import { type Completion, completeFilter } from "../../../wire/completion";

const PAUSE_MS = 120;
const NOTHING: Completion = { start: 0, end: 0, candidates: [] };

/** What may stand at the caret, asked of the server once the typing rests for a moment. */
export function useCompletion(
  experimentId: string,
  text: string,
  caret: number,
  isOpen: boolean,
): Completion {
  const typed = useMemo(() => ({ text, caret: Math.min(caret, text.length) }), [text, caret]);
  const asked = useSettled(typed, PAUSE_MS);
  const found = useQuery({
    queryKey: ["completion", experimentId, asked.text, asked.caret],
    queryFn: ({ signal }) => completeFilter(experimentId, asked.text, asked.caret, signal),
    enabled: isOpen,
    staleTime: 15_000,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
  // An answer about an older text would replace the wrong part of this one.
  const isCurrent = asked === typed && !found.isPlaceholderData;
  return (isCurrent ? found.data : undefined) ?? NOTHING;
}
