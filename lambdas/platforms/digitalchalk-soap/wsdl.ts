/** The namespace of every element of v4 (DigitalChalk API v4, WSDL). */
export const namespace = 'http://digitalchalk.com/api/v4';

/**
 * The contract of DigitalChalk's SOAP API v4 as this project knows it: a WSDL of our own, schema inline, so that nothing is fetched
 * when it is used. Elements stand in the order of the vendor's sample XML, which wins over the order of its tables.
 *
 * @param address where the service is, as `soap:address`
 */
export const wsdlAt = (address: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="v4" targetNamespace="${namespace}" xmlns:tns="${namespace}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema targetNamespace="${namespace}" elementFormDefault="qualified">
      <xs:complexType name="Auth">
        <xs:sequence>
          <xs:element name="accessKey" type="xs:string"/>
          <xs:element name="timestamp" type="xs:string"/>
          <xs:element name="signature" type="xs:string"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="User">
        <xs:sequence>
          <xs:element name="emailAddress" type="xs:string"/>
          <xs:element name="username" type="xs:string"/>
          <xs:element name="firstName" type="xs:string"/>
          <xs:element name="lastName" type="xs:string"/>
          <xs:element name="licenseAgreed" type="xs:boolean"/>
          <xs:element name="password" type="xs:string"/>
          <xs:element name="passwordReset" type="xs:boolean"/>
          <xs:element name="tags" type="xs:string"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="Registration">
        <xs:sequence>
          <xs:element name="studentUsername" type="xs:string"/>
          <xs:element name="studentName" type="xs:string"/>
          <xs:element name="studentRegistrationId" type="xs:string"/>
          <xs:element name="offeringId" type="xs:string"/>
          <xs:element name="offeringTitle" type="xs:string"/>
          <xs:element name="success" type="xs:boolean"/>
        </xs:sequence>
      </xs:complexType>

      <xs:element name="doesUserExistRequest">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="auth" type="tns:Auth"/>
            <xs:element name="username" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="doesUserExistResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="exists" type="xs:boolean"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>

      <xs:element name="createUserRequest">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="auth" type="tns:Auth"/>
            <xs:element name="user" type="tns:User"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="createUserResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="username" type="xs:string"/>
            <xs:element name="emailAddress" type="xs:string"/>
            <xs:element name="name" type="xs:string"/>
            <xs:element name="success" type="xs:boolean"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>

      <xs:element name="registerUserRequest">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="auth" type="tns:Auth"/>
            <xs:element name="username" type="xs:string"/>
            <xs:element name="offeringId" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="registerUserResponse" type="tns:Registration"/>

      <xs:element name="createAndRegisterUserRequest">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="auth" type="tns:Auth"/>
            <xs:element name="user" type="tns:User"/>
            <xs:element name="offeringId" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="createAndRegisterUserResponse" type="tns:Registration"/>
    </xs:schema>
  </wsdl:types>
${operations.map(messages).join('\n')}
  <wsdl:portType name="v4">
${operations.map(portTypeOperation).join('\n')}
  </wsdl:portType>
  <wsdl:binding name="v4Soap11" type="tns:v4">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${operations.map(bindingOperation).join('\n')}
  </wsdl:binding>
  <wsdl:service name="v4Service">
    <wsdl:port name="v4Soap11" binding="tns:v4Soap11">
      <soap:address location="${escapeAttribute(address)}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`;

/** The four operations (DigitalChalk API v4). */
export const operations = ['doesUserExist', 'createUser', 'registerUser', 'createAndRegisterUser'] as const;
export type Operation = (typeof operations)[number];

function messages(operation: Operation): string {
  return `  <wsdl:message name="${operation}Request"><wsdl:part name="request" element="tns:${operation}Request"/></wsdl:message>
  <wsdl:message name="${operation}Response"><wsdl:part name="response" element="tns:${operation}Response"/></wsdl:message>`;
}

function portTypeOperation(operation: Operation): string {
  return `    <wsdl:operation name="${operation}">
      <wsdl:input message="tns:${operation}Request"/>
      <wsdl:output message="tns:${operation}Response"/>
    </wsdl:operation>`;
}

/** `SOAPAction` is the empty string, as Spring-WS has it; the body's root element says which operation is meant. */
function bindingOperation(operation: Operation): string {
  return `    <wsdl:operation name="${operation}">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>`;
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
