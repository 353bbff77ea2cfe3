import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, DatePicker, Space } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { type Liability, useLiability } from "../../api/liability";
import { ExportButton } from "../../parts/ExportButton";
import { PageHeader } from "../../parts/PageHeader";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { usePhone } from "../../parts/usePhone";
import { Breakage } from "./Breakage";
import { Expiring } from "./Expiring";
import { Figures } from "./Figures";
import styles from "./liability.module.css";
import { Movements } from "./Movements";
import { CardsPanel, CouponsPanel, SubsidiesPanel } from "./Others";

const NAMES = ["month"] as const;
const MONTH = "YYYY-MM";

/** What the shop owes its members at a month's end, how it got there, and what will lapse. */
export default function LiabilityPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const { filters, setFilters } = useFilters(NAMES);
  const query = useLiability(filters.month);
  const report = query.data;
  const hint = !report
    ? " "
    : report.over
      ? t("liability.closed", { from: format.day(report.from), to: format.day(report.to) })
      : t("liability.asOf", { at: format.dateTime(report.at) });
  return (
    <>
      <PageHeader
        title={t("liability.title")}
        hint={hint}
        actions={
          <>
            <MonthPick
              month={filters.month ?? report?.month}
              onChange={(month) => setFilters({ month: month ?? "" })}
            />
            {!phone && <ExportButton path="/v1/reports/liability/export" query={{ month: filters.month }} />}
          </>
        }
      />
      {query.error && !report ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : report ? (
        <div data-stale={query.isPlaceholderData || undefined} className={styles.stale}>
          <Report report={report} />
        </div>
      ) : (
        <ListSkeleton />
      )}
    </>
  );
}

function Report({ report }: { report: Liability }) {
  const { t } = useTranslation();
  const nothing = report.movements.every(({ opening, closing, issued }) => !opening && !closing && !issued);
  if (nothing && report.coupons.length === 0 && report.subsidies.length === 0) {
    return <EmptyState title={t("liability.empty")} hint={t("liability.emptyHint")} />;
  }
  return (
    <div className={styles.grid}>
      <Figures report={report} />
      <Movements movements={report.movements} />
      <Expiring outstanding={report.outstanding} />
      <SubsidiesPanel report={report} />
      <Breakage report={report} />
      <div className={styles.column}>
        <CardsPanel cards={report.cards} />
        <CouponsPanel coupons={report.coupons} />
      </div>
    </div>
  );
}

function MonthPick({
  month,
  onChange,
}: {
  month: string | undefined;
  onChange: (month: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const shown = month ? dayjs(month, MONTH) : dayjs();
  const go = (by: number) => onChange(shown.add(by, "month").format(MONTH));
  return (
    <Space.Compact>
      <Button icon={<LeftOutlined />} aria-label={t("liability.before")} onClick={() => go(-1)} />
      <DatePicker
        picker="month"
        allowClear={false}
        value={shown}
        aria-label={t("liability.month")}
        maxDate={dayjs()}
        style={{ width: 120 }}
        onChange={(picked) => onChange(picked?.format(MONTH))}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={t("liability.after")}
        disabled={!shown.isBefore(dayjs(), "month")}
        onClick={() => go(1)}
      />
    </Space.Compact>
  );
}
