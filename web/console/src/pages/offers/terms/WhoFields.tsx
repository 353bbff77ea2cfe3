import { Form, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FieldRow } from "../../../parts/FieldRow";
import { StoresSelect } from "../../../parts/StoresSelect";
import { TiersSelect } from "../../../parts/TiersSelect";
import { useLabel } from "../../../parts/useLabel";
import { WordsSelect } from "../../../parts/WordsSelect";
import { BIRTHDAYS, CHANNELS, WHO } from "./values";

/** For whom, and where. */
export function WhoFields({ stores }: { stores: readonly { id: string; code: string; name: string }[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const who = ["conditions", "audience"];
  return (
    <>
      <Form.Item name={[...who, "who"]} label={t("offer.who.title")}>
        <Radio.Group options={WHO.map((value) => ({ value, label: t(`offer.who.${value}`) }))} />
      </Form.Item>
      <FieldRow>
        <Form.Item name={[...who, "tiers"]} label={t("offer.who.tiers")}>
          <TiersSelect placeholder={t("offer.who.allTiers")} />
        </Form.Item>
        <Form.Item name={[...who, "tags"]} label={t("offer.who.tags")}>
          <WordsSelect placeholder={t("offer.who.anyTag")} />
        </Form.Item>
        <Form.Item name={[...who, "birthday"]} label={t("offer.who.birthday")}>
          <Select
            allowClear
            placeholder={t("offer.who.noBirthday")}
            options={BIRTHDAYS.map((value) => ({ value, label: t(`offer.who.birthdays.${value}`) }))}
          />
        </Form.Item>
      </FieldRow>
      <FieldRow least={240}>
        <Form.Item name={["conditions", "stores"]} label={t("offer.where.stores")}>
          <StoresSelect known={stores} placeholder={t("offer.where.allStores")} />
        </Form.Item>
        <Form.Item name={["conditions", "channels"]} label={t("offer.where.channels")}>
          <Select
            mode="multiple"
            placeholder={t("offer.where.allChannels")}
            options={CHANNELS.map((value) => ({ value, label: label("channel", value) }))}
          />
        </Form.Item>
      </FieldRow>
    </>
  );
}
