import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type TopUp, useTopUps } from "../../../api/storedValue";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { Money } from "../../../parts/Money";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import { TopUpDrawer } from "../../stored-value/TopUpDrawer";

const LIMIT = 20;

/** What she paid in, each with what a refund would come to. */
export function TopUpsOfMember({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cursor = useCursor(memberId);
  const [open, setOpen] = useState<string | null>(null);
  const query = useTopUps({ member_id: memberId, limit: LIMIT, cursor: cursor.cursor });
  const refunded = ({ refunded_minor }: TopUp) =>
    refunded_minor > 0 && (
      <span className="small muted">
        {t("wallet.topUp.refunded", { amount: format.money(refunded_minor) })}
      </span>
    );
  const more = (row: TopUp) => (
    <Button type="link" size="small" onClick={() => setOpen(row.id)}>
      {t("wallet.topUp.see")}
    </Button>
  );
  return (
    <>
      <DataList<TopUp>
        query={listOf(query)}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t("wallet.noTopUps")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
        columns={[
          { key: "at", title: t("member.wallet.at"), render: (_, row) => <When at={row.at} show="date" /> },
          { key: "store", title: t("wallet.topUp.store"), render: (_, row) => row.store?.name ?? "—" },
          {
            key: "principal",
            title: t("wallet.principal"),
            align: "right",
            render: (_, row) => <Money minor={row.principal_minor} />,
          },
          {
            key: "bonus",
            title: t("wallet.bonus"),
            align: "right",
            render: (_, row) => <Money minor={row.bonus_minor} muted={row.bonus_minor === 0} />,
          },
          { key: "refunded", title: "", render: (_, row) => refunded(row) },
          { key: "more", title: "", align: "right", render: (_, row) => more(row) },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              <span>
                <Money minor={row.principal_minor} /> + <Money minor={row.bonus_minor} />
              </span>
              {more(row)}
            </div>
            <div className="spread small muted">
              <When at={row.at} show="date" />
              {refunded(row)}
            </div>
          </>
        )}
      />
      {open && <TopUpDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  );
}
