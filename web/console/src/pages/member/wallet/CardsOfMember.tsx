import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useCardsOf } from "../../../api/wallet";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { Money } from "../../../parts/Money";
import { EmptyState } from "../../../parts/states";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";

/** Cards whose balance she took into her wallet. */
export function CardsOfMember({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const query = useCardsOf(memberId);
  const number = (text: string) => <span className="num mono">{text.replace(/(.{4})(?=.)/g, "$1 ")}</span>;
  return (
    <DataList
      query={listOf(query)}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("wallet.noCards")} hint={t("wallet.noCardsHint")} />}
      columns={[
        { key: "number", title: t("wallet.card.number"), render: (_, row) => number(row.number) },
        {
          key: "status",
          title: t("wallet.card.status"),
          render: (_, row) => (
            <Tag variant="filled" style={{ margin: 0 }}>
              {label("cardStatus", row.status)}
            </Tag>
          ),
        },
        {
          key: "activated",
          title: t("wallet.card.activated"),
          render: (_, row) => <When at={row.activated_at} show="date" />,
        },
        {
          key: "face",
          title: t("wallet.card.face"),
          align: "right",
          render: (_, row) => <Money minor={row.face_minor} />,
        },
      ]}
      card={(row) => (
        <div className="spread">
          <span>
            {number(row.number)} <span className="small muted">{label("cardStatus", row.status)}</span>
          </span>
          <Money minor={row.face_minor} />
        </div>
      )}
    />
  );
}
