import { useTranslation } from "react-i18next";
import type { Order, Refund } from "../../../api/types";
import { BlockSkeleton } from "../../../parts/skeletons";
import { useFormat } from "../../../parts/useFormat";
import { GivenBack } from "./GivenBack";
import styles from "./refund.module.css";

interface Props {
  order: Order;
  refund: Refund | undefined;
  stale: boolean;
  asked: boolean;
}

/** What each instrument gets back, before anything is given. */
export function RefundPreview({ order, refund, stale, asked }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!asked) return <p className="muted">{t("refund.choose")}</p>;
  if (!refund) return <BlockSkeleton lines={3} />;
  return (
    <section className={styles.preview} data-stale={stale || undefined} aria-live="polite">
      <div className={styles.sum}>
        <span>{t("refund.back")}</span>
        <b className="num" data-testid="refund-sum">
          {format.money(refund.paid_minor)}
        </b>
      </div>
      <GivenBack refund={refund} />
      {refund.complete && order.redemptions.length > 0 && (
        <p className="muted small">{t("refund.couponsHint")}</p>
      )}
      {refund.complete && <p className="muted small">{t("refund.complete")}</p>}
    </section>
  );
}
