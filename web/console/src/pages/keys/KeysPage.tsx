import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiKeys, useRevokeApiKey } from "../../api/keys";
import type { ApiKey } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { OneTimeSecret } from "../../parts/OneTimeSecret";
import { PageHeader } from "../../parts/PageHeader";
import { SearchBox } from "../../parts/SearchBox";
import { sortOf } from "../../parts/sort";
import { EmptyState, useProblemWords } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { When } from "../../parts/When";
import { KeyDrawer, type NewSecret } from "./KeyDrawer";
import { Scopes } from "./Scopes";

const LIMIT = 50;
const NAMES = ["q", "sort"] as const;
const SORTS = ["name", "created_at", "last_used_at"] as const;

export default function KeysPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const { filters, setFilters } = useFilters(NAMES);
  const sort = sortOf(filters.sort, SORTS, "-created_at");
  const cursor = useCursor(filters);
  const query = useApiKeys({ q: filters.q, sort, limit: LIMIT, cursor: cursor.cursor });
  const clear = () => setFilters({ q: "" });
  return (
    <>
      <PageHeader
        title={t("keys.title")}
        hint={t("keys.hint")}
        actions={
          can("keys.write") && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t("keys.add")}
            </Button>
          )
        }
      />
      <FilterBar
        active={0}
        onClear={clear}
        search={
          <SearchBox value={filters.q} onChange={(q) => setFilters({ q })} placeholder={t("keys.search")} />
        }
      />
      <DataList
        query={listOf(query)}
        columns={useKeyColumns()}
        rowKey={(row) => row.id}
        card={(row) => (
          <>
            <div className="spread">
              <strong>{row.name}</strong>
              <KeyState row={row} />
            </div>
            <div className="small muted">
              {t("keys.lastUsed")} {row.last_used_at ? <When at={row.last_used_at} /> : t("keys.unused")}
            </div>
            <Scopes scopes={row.scopes} />
            <Revoke row={row} />
          </>
        )}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        empty={<EmptyState filtered={Boolean(filters.q)} onClear={clear} hint={t("keys.emptyHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {adding && <KeyDrawer onClose={() => setAdding(false)} onTold={setSecret} />}
      <OneTimeSecret
        title={t("keys.secretTitle", { name: secret?.name ?? "" })}
        hint={t("keys.secretHint")}
        secret={secret?.secret}
        onClose={() => setSecret(null)}
      />
    </>
  );
}

function useKeyColumns(): Column<ApiKey>[] {
  const { t } = useTranslation();
  return [
    { key: "name", title: t("keys.name"), sortable: true, render: (_, row) => <strong>{row.name}</strong> },
    {
      key: "scopes",
      title: t("keys.scopes"),
      width: 360,
      render: (_, row) => <Scopes scopes={row.scopes} />,
    },
    {
      key: "last_used_at",
      sortable: true,
      title: t("keys.lastUsed"),
      render: (_, row) =>
        row.last_used_at ? <When at={row.last_used_at} /> : <span className="muted">{t("keys.unused")}</span>,
    },
    {
      key: "expires",
      title: t("keys.expires"),
      render: (_, row) =>
        row.expires_at ? (
          <When at={row.expires_at} show="date" />
        ) : (
          <span className="muted">{t("keys.never")}</span>
        ),
    },
    { key: "status", title: t("keys.status"), render: (_, row) => <KeyState row={row} /> },
    { key: "actions", title: "", align: "right", render: (_, row) => <Revoke row={row} /> },
  ];
}

function KeyState({ row }: { row: ApiKey }) {
  const { t } = useTranslation();
  if (row.revoked_at) return <Tag>{t("keys.revoked")}</Tag>;
  if (row.expires_at && Date.parse(row.expires_at) < Date.now())
    return <Tag color="warning">{t("keys.expired")}</Tag>;
  return <Tag color="success">{t("keys.live")}</Tag>;
}

function Revoke({ row }: { row: ApiKey }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const revoke = useRevokeApiKey();
  if (!can("keys.write") || row.revoked_at) return null;
  const ask = () =>
    modal.confirm({
      title: t("keys.revokeConfirm", { name: row.name }),
      content: t("keys.revokeHint"),
      okText: t("keys.revoke"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await revoke.mutateAsync(row.id).catch((error: unknown) => void message.error(words(error).detail));
      },
    });
  return (
    <Button size="small" type="text" danger onClick={ask}>
      {t("keys.revoke")}
    </Button>
  );
}
