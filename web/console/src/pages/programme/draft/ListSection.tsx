import { PlusOutlined } from "@ant-design/icons";
import { Button, Drawer, Form, Input, Tag } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { ProgrammeDocument } from "../../../api/types";
import { FieldRow } from "../../../parts/FieldRow";
import { Panel } from "../../../parts/Panel";
import { EmptyState } from "../../../parts/states";
import { SaidItems } from "../SaidItems";
import { useDrafting } from "./context";
import { type List, newItem } from "./documents";
import styles from "./draft.module.css";
import { partsOf, useShownWrongs } from "./problems";

interface Props {
  list: List;
  /** The fields of one item, which stands at `at` in the form. */
  fields: ComponentType<{ at: (string | number)[] }>;
}

/** A list of the document: in words, each item opening its form at the side. */
export function ListSection({ list, fields: Fields }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ProgrammeDocument>();
  const { said, wrongs, open, onOpen, onTouch } = useDrafting();
  const items = said[list];
  const put = (change: (before: unknown[]) => unknown[]) => {
    form.setFieldValue(list, change([...((form.getFieldValue(list) as unknown[] | undefined) ?? [])]));
    onTouch();
  };
  const add = () => {
    put((before) => [
      ...before,
      newItem(list, { zh: t(`draft.newName.${list}.zh`), en: t(`draft.newName.${list}.en`) }),
    ]);
    onOpen(items.length);
  };
  const addButton = (
    <Button type="dashed" icon={<PlusOutlined />} onClick={add}>
      {t(`draft.add.${list}`)}
    </Button>
  );
  const wrongAt = (index: number) =>
    wrongs.filter(({ path }) => {
      const [name, at] = partsOf(path);
      return name === list && at === index;
    }).length;
  return (
    <Panel title={t(`programme.section.${list}`)}>
      {items.length === 0 ? (
        <EmptyState title={t(`programme.empty.${list}`)} action={addButton} />
      ) : (
        <>
          <SaidItems
            items={items}
            onPick={onOpen}
            extra={(_, index) =>
              wrongAt(index) > 0 && (
                <Tag variant="filled" color="error" style={{ margin: 0 }}>
                  {t("draft.count", { count: wrongAt(index) })}
                </Tag>
              )
            }
          />
          <div className={styles.add}>{addButton}</div>
        </>
      )}
      <Drawer
        open={open !== null && open < items.length}
        destroyOnHidden
        onClose={() => onOpen(null)}
        title={t(`draft.item.${list}`)}
        size={560}
        footer={
          <div className="spread">
            <Button
              danger
              type="text"
              onClick={() => {
                onOpen(null);
                put((before) => before.filter((_, index) => index !== open));
              }}
            >
              {t("draft.remove")}
            </Button>
            <Button type="primary" onClick={() => onOpen(null)}>
              {t("draft.done")}
            </Button>
          </div>
        }
      >
        {open !== null && open < items.length && (
          <div className={styles.fields}>
            <NamesOf at={[list, open]} />
            <Fields at={[list, open]} />
            <Remarks />
          </div>
        )}
      </Drawer>
    </Panel>
  );
}

/** Last within the drawer, so that all of its inputs are there. */
function Remarks() {
  const form = Form.useFormInstance();
  const { wrongs, focus } = useDrafting();
  useShownWrongs(form, wrongs, focus);
  return null;
}

function NamesOf({ at }: { at: (string | number)[] }) {
  const { t } = useTranslation();
  return (
    <>
      <FieldRow>
        <Form.Item name={[...at, "name", "zh"]} label={t("draft.tier.zh")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={[...at, "name", "en"]} label={t("draft.tier.en")}>
          <Input maxLength={100} />
        </Form.Item>
      </FieldRow>
      <Form.Item name={[...at, "code"]} label={t("draft.code")} tooltip={t("draft.codeHint")}>
        <Input maxLength={40} className="mono" />
      </Form.Item>
    </>
  );
}
