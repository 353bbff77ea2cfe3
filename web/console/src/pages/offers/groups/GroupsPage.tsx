import { PlusOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGroups, useRemoveGroup } from "../../../api/groups";
import type { StackingGroup } from "../../../api/types";
import { useCan } from "../../../app/session";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { PageHeader } from "../../../parts/PageHeader";
import { EmptyState, useProblemWords } from "../../../parts/states";
import { useNameOf } from "../shelf/useOfferColumns";
import { GroupDrawer } from "./GroupDrawer";
import { useGroupWords } from "./useGroupWords";

/** Which offers get along with which. */
export default function GroupsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useGroups();
  const nameOf = useNameOf();
  const words = useGroupWords();
  const [open, setOpen] = useState<StackingGroup | "new" | null>(null);
  const may = can("offers.write");
  const add = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
      {t("stacking.add")}
    </Button>
  );
  const name = (row: StackingGroup) =>
    may ? (
      <Button type="link" size="small" style={{ padding: 0, height: "auto" }} onClick={() => setOpen(row)}>
        {nameOf(row)}
      </Button>
    ) : (
      nameOf(row)
    );
  return (
    <>
      <PageHeader title={t("stacking.title")} hint={t("stacking.hint")} actions={add} />
      <DataList<StackingGroup>
        query={listOf(query)}
        rowKey={(row) => row.code}
        columns={[
          {
            key: "name",
            title: t("offers.column.name"),
            render: (_, row) => (
              <div>
                {name(row)}
                <div className="muted small mono">{row.code}</div>
              </div>
            ),
          },
          { key: "rule", title: t("offers.column.what"), render: (_, row) => words(row) },
          { key: "actions", title: "", align: "right", render: (_, row) => may && <Remove row={row} /> },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              {name(row)}
              {may && <Remove row={row} />}
            </div>
            <span className="small muted">{words(row)}</span>
          </>
        )}
        empty={<EmptyState title={t("stacking.empty")} hint={t("stacking.emptyHint")} action={add} />}
      />
      {open !== null && <GroupDrawer group={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Remove({ row }: { row: StackingGroup }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const remove = useRemoveGroup();
  const ask = () =>
    modal.confirm({
      title: t("stacking.removeAsk", { name: nameOf(row) }),
      content: t("stacking.removeHint"),
      okText: t("action.delete"),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(row.code).then(
          () => {},
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button size="small" type="text" danger onClick={ask}>
      {t("action.delete")}
    </Button>
  );
}
