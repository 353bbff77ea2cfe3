import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const SECOND = 1000;
const SOON_S = 120;

interface Props {
  until: string | null;
  words?: "cashier.held.left" | "cashier.code.left";
}

/** How long an order still holds what it spends, or a code can be paid, to the second. */
export function TimeLeft({ until, words = "cashier.held.left" }: Props) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  if (!until) return null;
  const left = Math.floor((new Date(until).getTime() - now) / SECOND);
  if (left <= 0) return <span style={{ color: "var(--ant-color-error)" }}>{t("cashier.held.over")}</span>;
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <span className="num" style={left < SOON_S ? { color: "var(--ant-color-warning-text)" } : {}}>
      {t(words, { time: clock })}
    </span>
  );
}
