import { DownloadOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Alert, App, Button, Space, Tabs } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { type ClearingDebt, useClearingDay } from "../../api/clearing";
import { useCalendar } from "../../api/reports";
import { useCan } from "../../app/session";
import { download } from "../../parts/ExportButton";
import { PageHeader } from "../../parts/PageHeader";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { CloseButton } from "./CloseButton";
import styles from "./clearing.module.css";
import { DayTag } from "./DayTag";
import { EntriesTab } from "./EntriesTab";
import { Sums } from "./Sums";

const NAMES = ["tab", "party", "reason"] as const;

/** One business day: what it comes to, and every entry behind it. */
export default function DayPage() {
  const { t } = useTranslation();
  const { day = "" } = useParams();
  const can = useCan();
  const format = useFormat();
  const { filters, setFilters } = useFilters(NAMES);
  const { data, error, isPending, refetch } = useClearingDay(day);
  const today = useCalendar().data?.today;
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  const { status, entries, late, closed_at } = data.day;
  const open = status === "open";
  const running = today !== undefined && day >= today;
  const see = (party: string, reason = "") => setFilters({ tab: "entries", party, reason });
  const number = format.number(entries);
  return (
    <>
      <PageHeader
        back="/clearing"
        title={t("clearing.day.title", { day: format.day(day) })}
        mark={<DayTag status={status} />}
        hint={
          <>
            {format.weekday(day)} · {t("clearing.entries", { count: entries, number })}
            {late > 0 && ` · ${t("clearing.late", { count: late })}`}
            {closed_at && (
              <>
                {" "}
                · {t("clearing.column.closed")} <When at={closed_at} />
              </>
            )}
          </>
        }
        actions={
          <>
            <Neighbours day={day} today={today} />
            {entries > 0 && <DownloadDay day={day} party={filters.party} />}
            {open && !running && can("clearing.write") && (
              <CloseButton day={day} label={t("clearing.close.open")} />
            )}
          </>
        }
      />
      {open && (
        <Alert
          className={styles.note ?? ""}
          type="info"
          showIcon
          title={t(running ? "clearing.day.running" : "clearing.day.asItStands")}
        />
      )}
      <Tabs
        activeKey={filters.tab ?? "sums"}
        onChange={(tab) => setFilters({ tab: tab === "sums" ? "" : tab })}
        items={[
          {
            key: "sums",
            label: t("clearing.day.tab.sums"),
            children: (
              <Sums
                statement={data.statement}
                onParty={see}
                onDebt={(debt: ClearingDebt) => see(storeOf(debt), debt.reason)}
                empty={t("clearing.nothing")}
              />
            ),
          },
          {
            key: "entries",
            label: t("clearing.day.tab.entries"),
            children: (
              <EntriesTab
                day={day}
                statement={data.statement}
                party={filters.party}
                reason={filters.reason}
                onChange={setFilters}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** The side of a debt that has the fewer entries: one store rather than the whole head office. */
function storeOf({ debtor, creditor }: ClearingDebt): string {
  return creditor.kind === "store" ? creditor.id : debtor.id;
}

function Neighbours({ day, today }: { day: string; today: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = (by: number) => navigate(`/clearing/${dayjs(day).add(by, "day").format("YYYY-MM-DD")}`);
  return (
    <Space.Compact>
      <Button icon={<LeftOutlined />} aria-label={t("clearing.day.before")} onClick={() => go(-1)} />
      <Button
        icon={<RightOutlined />}
        aria-label={t("clearing.day.after")}
        disabled={today !== undefined && day >= today}
        onClick={() => go(1)}
      />
    </Space.Compact>
  );
}

function DownloadDay({ day, party }: { day: string; party: string | undefined }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useProblemWords();
  const query = new URLSearchParams({ from: day, to: day, ...(party && { party }) });
  return (
    <Button
      icon={<DownloadOutlined />}
      title={t("clearing.statement.downloadHint")}
      onClick={() =>
        download(`/v1/clearing/statement/export?${query}`).catch(
          (error: unknown) => void message.error(words(error).detail),
        )
      }
    >
      {t("clearing.statement.download")}
    </Button>
  );
}
