import { useTranslation } from "react-i18next";
import { useAccessLog } from "../../../api/privacy";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";

const LIMIT = 20;

/** Who saw which of her contact data, newest first. */
export function AccessList({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const cursor = useCursor(memberId);
  const query = useAccessLog(memberId, cursor.cursor, LIMIT);
  const fields = (names: string[]) =>
    names.map((name) => label("personalField", name)).join(t("privacy.and"));
  return (
    <DataList
      query={listOf(query)}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("privacy.nobody")} />}
      columns={[
        { key: "at", title: t("privacy.at"), width: 150, render: (_, row) => <When at={row.at} /> },
        {
          key: "actor",
          title: t("privacy.who"),
          render: (_, row) => (
            <>
              {row.actor.name} <span className="muted small">{label("actor", row.actor.kind)}</span>
            </>
          ),
        },
        { key: "fields", title: t("privacy.what"), render: (_, row) => fields(row.fields) },
        { key: "place", title: t("privacy.where"), render: (_, row) => label("accessPlace", row.place) },
      ]}
      card={(row) => (
        <>
          <div className="spread">
            <strong>{row.actor.name}</strong>
            <span className="small muted">
              <When at={row.at} />
            </span>
          </div>
          <div className="spread small muted">
            <span>{fields(row.fields)}</span>
            <span>{label("accessPlace", row.place)}</span>
          </div>
        </>
      )}
      pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
    />
  );
}
