import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMembers } from "../api/members";
import type { MemberRow } from "../api/types";
import { TierBadge } from "./TierBadge";

interface Props {
  value?: string[];
  onChange?: (ids: string[], members: MemberRow[]) => void;
  /** Chosen already. */
  known?: readonly Pick<MemberRow, "id" | "name" | "number">[];
  /** At most so many; 1 for a single member. */
  most?: number;
  placeholder?: string;
  width?: number | string;
  id?: string;
}

/** Members, found by what one remembers of them. */
export function MemberSelect({
  value = [],
  onChange,
  known = [],
  most,
  placeholder,
  width = "100%",
  id,
}: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState<readonly MemberRow[]>([]);
  const found = useMembers({ q: search || undefined, limit: 20 });
  const members = found.data?.items ?? [];
  const all = [...members, ...seen.filter(({ id }) => !members.some((member) => member.id === id))];
  const shown = all.filter((member) => members.includes(member) || value.includes(member.id));
  return (
    <Select<string[], { value: string; label: string; member: MemberRow | undefined }>
      mode="multiple"
      {...(id !== undefined && { id })}
      value={value}
      style={{ width }}
      placeholder={placeholder ?? t("pick.member")}
      aria-label={placeholder ?? t("pick.member")}
      loading={found.isFetching}
      open={open}
      onOpenChange={setOpen}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={[
        ...shown.map((member) => ({ value: member.id, label: member.name ?? member.number, member })),
        ...known
          .filter(({ id }) => !shown.some((member) => member.id === id))
          .map(({ id, name, number }) => ({ value: id, label: name ?? number, member: undefined })),
      ]}
      optionRender={({ data }) => (
        <span className="spread">
          <span className="ellipsis">
            {data.label} {data.member && <TierBadge tier={data.member.tier} />}
          </span>
          <span className="muted small num">{data.member?.phone ?? data.member?.number}</span>
        </span>
      )}
      onChange={(ids) => {
        const kept = most === undefined ? ids : ids.slice(-most);
        const picked = all.filter((member) => kept.includes(member.id));
        setSeen(picked);
        setSearch("");
        if (most === 1 && kept.length === 1) setOpen(false);
        onChange?.(kept, picked);
      }}
    />
  );
}
