import { Tooltip } from "antd";
import { useFormat } from "./useFormat";

interface Props {
  at: string | null | undefined;
  /** `date` hides the clock until asked. */
  show?: "date" | "time";
}

/** An instant, in the merchant's time zone. */
export function When({ at, show = "time" }: Props) {
  const format = useFormat();
  if (!at) return <span className="muted">—</span>;
  if (show === "time")
    return (
      <time className="num" dateTime={at}>
        {format.dateTime(at)}
      </time>
    );
  return (
    <Tooltip title={`${format.dateTime(at)} · ${format.timeZone}`}>
      <time className="num" dateTime={at}>
        {format.date(at)}
      </time>
    </Tooltip>
  );
}
